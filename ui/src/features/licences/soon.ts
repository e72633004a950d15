/** So many days ahead something is said to end soon, and a look at what ends goes by one click. */
export const SOON_DAYS = 90;
