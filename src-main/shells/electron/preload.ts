import { ipcRenderer } from 'electron';
import { portChannel, readyChannel } from './channels.ts';

/** Carries one port from the core to the page, and exposes nothing: no Electron object, no function, no global. */
window.addEventListener('message', (event) => {
  const fromThisPage = event.source === window && event.origin === location.origin;
  if (fromThisPage && event.data === readyChannel) ipcRenderer.send(readyChannel);
});

ipcRenderer.on(portChannel, (event) => window.postMessage(portChannel, location.origin, [...event.ports]));
