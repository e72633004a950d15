// The part of ACC-03 that can be said while a person types. The core decides; it alone knows the common passwords.

import type { PasswordPolicy } from '$wire/types';

export interface PasswordRule {
  /** The key of its words. */
  label: string;
  params: { least: number; most: number };
  met: boolean;
}

const LENGTHS: Record<PasswordPolicy, { least: number; most: number }> = {
  classic: { least: 8, most: 31 },
  passphrase: { least: 15, most: 128 },
};

/** How many of upper case, lower case, digit and other a password has. */
export function kindsOf(password: string): number {
  const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u];
  return kinds.filter((kind) => kind.test(password)).length;
}

/** ACC-03: what a password still lacks, counted as the core counts: code points after NFKC. */
export function passwordRules(typed: string, login: string, policy: PasswordPolicy): PasswordRule[] {
  const password = typed.normalize('NFKC');
  const length = [...password].length;
  const params = LENGTHS[policy];
  const name = login.normalize('NFKC').trim().toLowerCase();
  const rules: PasswordRule[] = [
    { label: 'password-rule-length', params, met: length >= params.least && length <= params.most },
  ];
  if (policy === 'classic') rules.push({ label: 'password-rule-kinds', params, met: kindsOf(password) >= 2 });
  rules.push({
    label: 'password-rule-login',
    params,
    met: length > 0 && (name === '' || !password.toLowerCase().includes(name)),
  });
  return rules;
}
