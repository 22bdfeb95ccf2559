import type { TunnelState } from '../../src-shared/contract/app.ts';
import { assertNever } from '../../src-shared/errors.ts';
import { timeWithSeconds } from '../ui/format.ts';
import { t } from '../words/words.ts';

/** How Exotel can reach this computer: in short, and what it means or what to do. */
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
    case 'failed':
      return {
        title,
        text: [
          t(`tunnel.problem.${tunnel.problem}`),
          tunnel.message,
          tunnel.retryAt === null ? '' : t('tunnel.retryAt', { time: timeWithSeconds(tunnel.retryAt) }),
        ]
          .filter((part) => part !== '')
          .join(' '),
      };
    default:
      return assertNever(tunnel);
  }
}
