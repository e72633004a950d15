/** The password of the demo's account: no secret, because a demo holds nothing that needs one. The core sets the same. */
export const DEMO_PASSWORD = 'Seven-Gulls-2026';
