import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './app/api.ts';
import { ignoreDroppedFiles } from './app/dropped-files.ts';
import { Gate } from './app/gate.tsx';
import { router } from './app/router.tsx';
import { cssVariablesResolver, styleNonce, systemColorScheme, theme } from './app/theme.ts';
import './app/theme.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
const nonce = styleNonce();
ignoreDroppedFiles();

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      colorSchemeManager={systemColorScheme}
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queryClient}>
        <Gate>
          <RouterProvider router={router} />
        </Gate>
        <Notifications position="bottom-center" />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
