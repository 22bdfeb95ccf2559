import { hotkeysSuite } from '../../support/hotkeys-suite.ts';
import { notifierSuite } from '../../support/notifier-suite.ts';
import { scriptedDesktop } from '../../support/scripted-desktop.ts';
import {
  clipboardSuite,
  linkOwnerSuite,
  loginItemSuite,
  presenceSuite,
} from '../../support/system-suites.ts';
import { traySuite } from '../../support/tray-suite.ts';
import { windowsSuite } from '../../support/windows-suite.ts';

// Whatever is shown with the tests' own desktop holds for a real one: both promise the same.
const name = "the tests' own";
hotkeysSuite(name, scriptedDesktop);
notifierSuite(name, scriptedDesktop, { hasButtons: true });
windowsSuite(name, scriptedDesktop);
traySuite(name, scriptedDesktop);
linkOwnerSuite(name, scriptedDesktop);
loginItemSuite(name, () => scriptedDesktop().desktop.loginItem);
clipboardSuite(name, scriptedDesktop);
presenceSuite(name, scriptedDesktop);
