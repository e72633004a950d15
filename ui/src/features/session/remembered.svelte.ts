/** What the sign-in page should know from the page before it: who signed in last, and whether the password is a new one. */
class Remembered {
  login = $state('');
  passwordChanged = $state(false);
}
export const remembered = new Remembered();
