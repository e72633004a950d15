import { render } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { certificate } from '../customers/testing';
import CertificateFacts from './CertificateFacts.svelte';
import CompareCertificates from './CompareCertificates.svelte';

/** CRT-11, CUS-11: numbers that are compared byte by byte break after a colon alone, and are copied as they are. */
it('serial number and fingerprint break between their bytes', () => {
  const before = certificate('AA:BB:CC', { serial_number: '99:C0:44' });
  const met = certificate('AA:BB:DD', { serial_number: '99:C0:45' });
  for (const { container } of [
    render(CompareCertificates, { before, met }),
    render(CertificateFacts, { certificate: met }),
  ]) {
    const broken = [...container.querySelectorAll('td, dd')].filter((cell) => cell.querySelector('wbr') !== null);
    expect(broken.map((cell) => cell.textContent.trim())).toEqual(expect.arrayContaining(['99:C0:45', 'AA:BB:DD']));
    for (const cell of broken)
      expect(cell.innerHTML.replaceAll(/<!--.*?-->/g, '')).toMatch(/^\s*[0-9A-F]{2}(:<wbr>[0-9A-F]{2})+\s*$/);
  }
});
