import {
  type CSSVariablesResolver,
  colorsTuple,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorSchemeManager,
  type VariantColorsResolver,
} from '@mantine/core';

/** Buttons take their colours from the tokens: `filled` is the one action, `color="bad"` what destroys. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const bad = input.color === 'bad';
  switch (input.variant) {
    case 'filled':
      return {
        background: bad ? 'var(--bad)' : 'var(--brand)',
        hover: bad ? 'var(--bad-strong)' : 'var(--brand-strong)',
        color: bad ? 'var(--on-bad)' : 'var(--on-brand)',
        border: '1px solid transparent',
      };
    case 'subtle':
      return {
        background: 'transparent',
        hover: bad ? 'var(--bad-soft)' : 'var(--quiet-soft)',
        color: bad ? 'var(--bad)' : 'var(--ink)',
        border: '1px solid transparent',
      };
    default:
      return defaultVariantColorsResolver(input);
  }
};

/** A dialog's title is in a `header`, which is not the page's banner. */
const notBanner = { header: { role: 'none' } };

/** Mantine's parts in the tokens of theme.css: measures here, colours below. */
export const theme = createTheme({
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, monospace',
  headings: { fontFamily: '"Inter Variable", system-ui, sans-serif', fontWeight: '650' },
  primaryColor: 'brand',
  colors: { brand: colorsTuple('var(--brand)'), bad: colorsTuple('var(--bad)') },
  defaultRadius: 'md',
  radius: { sm: '6px', md: '10px', lg: '14px' },
  respectReducedMotion: true,
  variantColorResolver,
  components: {
    Button: { defaultProps: { variant: 'default', size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle' } },
    // The page itself never scrolls, so there is nothing to lock.
    Modal: {
      defaultProps: {
        lockScroll: false,
        centered: true,
        radius: 'lg',
        transitionProps: { duration: 120 },
        attributes: notBanner,
      },
    },
    Drawer: {
      defaultProps: { lockScroll: false, transitionProps: { duration: 200 }, attributes: notBanner },
    },
    // Within its own part of the page, where a screen reader expects it; never cut off by what scrolls.
    Menu: {
      defaultProps: {
        withinPortal: false,
        floatingStrategy: 'fixed',
        transitionProps: { duration: 0 },
        withInitialFocusPlaceholder: false,
      },
    },
    Select: { defaultProps: { allowDeselect: false, comboboxProps: { transitionProps: { duration: 0 } } } },
  },
});

const colours = {
  '--mantine-color-body': 'var(--panel)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-2)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-anchor': 'var(--brand-text)',
  '--mantine-color-default': 'var(--panel)',
  '--mantine-color-default-hover': 'var(--quiet-soft)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-disabled': 'var(--quiet-soft)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-color-brand-filled': 'var(--brand)',
  '--mantine-color-brand-filled-hover': 'var(--brand-strong)',
  '--mantine-color-brand-light': 'var(--brand-soft)',
  '--mantine-color-brand-light-hover': 'var(--brand-soft)',
  '--mantine-color-brand-light-color': 'var(--brand-text)',
  '--mantine-color-brand-outline': 'var(--brand)',
};

/** The same names for both schemes: the tokens themselves know light from dark. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: colours,
  dark: colours,
});

/** The system decides between light and dark; there is nothing to store. */
export const systemColorScheme: MantineColorSchemeManager = {
  get: () => 'auto',
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
};

/** The nonce of this load, which the shell wrote into the page: our style tags must carry it. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
