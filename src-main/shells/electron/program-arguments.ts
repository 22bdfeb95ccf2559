import { linksFromArguments } from '../../desktop/links.ts';

/** Starts the program without showing its window: what the login item says. */
export const backgroundArgument = '--background';

/** ms UTC of the crash that this start follows. */
const restartedArgument = '--restarted-after-crash-at=';

/** How this program was started, beside the data folder. */
export interface ProgramArguments {
  readonly background: boolean;
  /** ms UTC; null: it did not crash before. */
  readonly crashedAt: number | null;
  readonly links: readonly string[];
}

export function readProgramArguments(argv: readonly string[]): ProgramArguments {
  const crashedAt = Number(
    argv.find((argument) => argument.startsWith(restartedArgument))?.slice(restartedArgument.length),
  );
  return {
    background: argv.includes(backgroundArgument),
    crashedAt: Number.isSafeInteger(crashedAt) && crashedAt > 0 ? crashedAt : null,
    links: linksFromArguments(argv),
  };
}

/** The arguments of the start that follows a crash: the same, but a link has arrived and must not arrive again. */
export function restartArguments(argv: readonly string[], crashedAt: number): string[] {
  const kept = argv.filter(
    (argument) => !argument.startsWith(restartedArgument) && linksFromArguments([argument]).length === 0,
  );
  // Before a `--`, after which nothing is an option.
  return [`${restartedArgument}${crashedAt}`, ...kept];
}

/**
 * The file that starts this program: an AppImage is not what runs within it, which is gone at the end. Only where this
 * is what runs within it: other AppImages hand their variables on to the programs that they start.
 */
export function ownProgram(env: NodeJS.ProcessEnv, execPath: string): string {
  const { APPIMAGE: image, APPDIR: mounted } = env;
  return image && mounted && execPath.startsWith(`${mounted}/`) ? image : execPath;
}
