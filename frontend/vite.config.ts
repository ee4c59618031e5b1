import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// The built files stand beside the templates, so that a wheel carries them and no Node is needed at run time.
const assets = fileURLToPath(new URL("../polyfolio/web/assets", import.meta.url));

export default defineConfig({
  base: "/static/",
  publicDir: false,
  build: {
    outDir: assets,
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsDir: "build",
    assetsInlineLimit: 0,
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: { main: "src/main.ts" },
    },
  },
  css: {
    preprocessorOptions: {
      scss: { quietDeps: true, loadPaths: ["node_modules"] },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["{src,islands}/**/*.test.ts"],
  },
});
