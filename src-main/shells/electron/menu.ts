import { Menu } from 'electron';

/**
 * The keys that people expect of any program: copy and paste, zoom, reload, full screen, close, quit. Electron has
 * them only through a menu, which hides behind Alt where it would take room in the window.
 */
export function setMenu(): void {
  const menu = Menu.buildFromTemplate([
    { role: process.platform === 'darwin' ? 'appMenu' : 'fileMenu' },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'reload' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ]);
  Menu.setApplicationMenu(menu);
}
