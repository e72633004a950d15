/** What every field takes. */
export interface FieldProps {
  label: string;
  problem?: string;
  hint?: string;
  required?: boolean;
  optional?: boolean;
  disabled?: boolean;
  /** The label is for screen readers only. */
  hidden?: boolean;
}

/** The id of what describes a field: its problem, else its hint. */
export function describedBy(id: string, problem?: string, hint?: string): string | undefined {
  if (problem) return `${id}-problem`;
  return hint ? `${id}-hint` : undefined;
}
