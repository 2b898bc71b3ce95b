// DAISY Ace for many EPUBs in one process and one browser: node each-ace.js MODULES EPUB FOLDER …
// MODULES is the folder of node_modules that has @daisy/ace-core; each report.json goes into the folder behind its EPUB.
const path = require("node:path");
const [modules, ...names] = process.argv.slice(2);
const get = (name) => require(path.join(modules, name));
const ace = get("@daisy/ace-core");
const browser = get("@daisy/ace-axe-runner-puppeteer");

const winston = get("winston");
winston.configure({ transports: [new winston.transports.Console({ level: "error", stderrLevels: ["error"] })] });

const kept = {
  ...browser, // Ace would start and end a browser for every EPUB
  launch: async () => {},
  close: async () => {},
};

(async () => {
  await browser.launch();
  try {
    for (let i = 0; i < names.length; i += 2) {
      await ace(names[i], { cwd: process.cwd(), outdir: names[i + 1], lang: "en", doNotReportMedia: true }, kept);
    }
  } finally {
    await browser.close();
  }
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
