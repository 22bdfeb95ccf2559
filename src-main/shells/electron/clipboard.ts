import { clipboard } from 'electron';
import type { ReadClipboard } from '../../ports.ts';

export const readClipboard: ReadClipboard = () => clipboard.readText();

/** Linux: what is highlighted anywhere, where selection-hook cannot be had. Null: this system has no such thing. */
export const readPrimary = process.platform === 'linux' ? () => clipboard.selection.readText() : null;
