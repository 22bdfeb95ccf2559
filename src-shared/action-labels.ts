/**
 * Labels of the actions that stand outside the page too (tray). The page's registry draws from these, so that one thing
 * has one name.
 */
export const actionLabels = {
  openFlowdial: 'Open Flowdial',
  newCall: 'New call',
  ready: 'I am Ready',
  away: 'I am Away',
  wrapUp: 'I am in Wrap-up',
  doNotDisturb: 'Do not disturb',
  callStrip: 'Call strip',
  usePractice: 'Switch to the practice line',
  useAccount: 'Switch to my account',
  quit: 'Quit Flowdial',
} as const;
