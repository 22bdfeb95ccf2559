import type { TunnelState } from '../../src-shared/contract/app.ts';
import { assertNever } from '../../src-shared/errors.ts';
import { timeWithSeconds } from '../ui/format.ts';
import { t } from '../words/words.ts';

/** How Exotel can reach this computer: in short, and what it means, what to do, and what comes by itself. */
export function tunnelWords(tunnel: TunnelState): { readonly title: string; readonly text: string } {
  const title = t(`tunnel.${tunnel.state}`);
  switch (tunnel.state) {
    case 'off':
      return { title, text: t('tunnel.offLong') };
    case 'connecting':
      return {
        title,
        text: t(tunnel.kind === 'ngrok' ? 'tunnel.connectingNgrok' : 'tunnel.connectingUrl'),
      };
    case 'open':
      return { title, text: t('tunnel.openLong', { url: tunnel.publicUrl }) };
    case 'unreachable': {
      const { publicUrl: url, detail, retryAt } = tunnel;
      return {
        title,
        text: sentences(
          t(`tunnel.reach.${tunnel.problem}`, { url, detail }),
          retryAt === null
            ? t('tunnel.retryingNow')
            : t('tunnel.retryAt', { time: timeWithSeconds(retryAt) }),
          t('tunnel.meanwhile'),
        ),
      };
    }
    case 'failed': {
      const { retryAt, message } = tunnel;
      return {
        title,
        text: sentences(
          t(`tunnel.problem.${tunnel.problem}`),
          message,
          retryAt === null ? '' : t('tunnel.retryAt', { time: timeWithSeconds(retryAt) }),
          t('tunnel.meanwhile'),
        ),
      };
    }
    default:
      return assertNever(tunnel);
  }
}

function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** Whether a person may want it tried: what must be chosen or typed first is not helped by trying. */
export function canTry(tunnel: TunnelState): boolean {
  switch (tunnel.state) {
    case 'connecting':
    case 'open':
    case 'unreachable':
      return true;
    case 'failed':
      return tunnel.problem !== 'no-token' && tunnel.problem !== 'bad-url';
    case 'off':
      return false;
    default:
      return assertNever(tunnel);
  }
}
