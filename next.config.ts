import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  // Images are SVG or small; leaving the optimiser out drops a native dependency from the running product.
  images: { unoptimized: true },
  // `npm run check` checks types, once, over the whole tree; a start should not do it again.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
  // These load files of their own at run time, so they must stay outside the bundle.
  serverExternalPackages: [
    'pg',
    'pg-copy-streams',
    'graphile-worker',
    'yauzl',
    'pino',
    'pdfkit',
    '@zip.js/zip.js',
  ],
};

export default config;
