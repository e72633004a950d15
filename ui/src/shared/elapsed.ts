// The time that passes in this window. A clock that is set back does not take any of it back, and a computer that sleeps
// is no younger afterwards: what runs on while it sleeps is the clock on the wall, what cannot be set is the one that
// counts since the page was opened. Whichever of them went further since it was asked last is believed.

let wall = Date.now();
let steady = performance.now();
let passed = 0;

/** So many milliseconds have passed since the page was opened; never fewer than were said before. */
export function elapsed(): number {
  const [lastWall, lastSteady] = [wall, steady];
  wall = Date.now();
  steady = performance.now();
  passed += Math.max(wall - lastWall, steady - lastSteady, 0);
  return passed;
}
