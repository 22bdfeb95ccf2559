/**
 * A file that is dropped where nobody asked for one is not opened: a browser would leave the program for it. A place
 * that takes files, or a field for one, still gets its own.
 */
export function ignoreDroppedFiles(): void {
  for (const type of ['dragover', 'drop'] as const) {
    window.addEventListener(type, (event) => {
      const isFile = event.dataTransfer?.types.includes('Files') ?? false;
      const isWanted = event.target instanceof HTMLInputElement && event.target.type === 'file';
      if (isFile && !isWanted) event.preventDefault();
    });
  }
}
