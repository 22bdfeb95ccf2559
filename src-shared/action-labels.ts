/**
 * Labels of the actions that stand outside the page too (tray). The page's registry draws from these, so that one thing
 * has one name.
 */
export const actionLabels = {
  openFlowdial: 'Open Flowdial',
  newCall: 'New call',
  ready: 'Ready',
  away: 'Away',
  wrapUp: 'Wrap-up',
  doNotDisturb: 'Do not disturb',
  callStrip: 'Call strip',
  usePractice: 'Use the practice line',
  useAccount: 'Use my account',
  quit: 'Quit Flowdial',
} as const;
