/**
 * Who this program is to the system: electron-builder's `appId`. Windows shows a notification only of a program whose
 * shortcut in the start menu carries the same one.
 */
export const appId = 'app.flowdial.desktop';
