// Solve settings with the code of an explorer's file, in Node: node explore.mjs FILE.html FOLDER, settings in
// FOLDER/settings.json; words go to standard output, stocks and flows of each setting to FOLDER/NUMBER.{stocks,flows}.
import { readFileSync, writeFileSync } from "node:fs";

const [file, folder] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
const part = (id) => new RegExp(`<script type="[^"]+" id="${id}">([^<]*)</script>`).exec(text)[1];
const script = /<script type="module">([\s\S]*)<\/script>/.exec(text)[1];
const engineCode = script.slice(0, script.indexOf("const explorer = ") + 0) + script.slice(script.indexOf("const explorer = "), script.indexOf("\n})();") + 6);
const inner = engineCode.replace("return { begin, serve };", "return { Engine, Kernel, $ };");
const { Engine, Kernel, $ } = new Function(`${inner}\nreturn explorer;`)();
const data = JSON.parse(part("mixedmig-data"));
Object.assign($.page, { factors: data.factors, start: data.hello.start });
const bytes = (id) => Buffer.from(part(id), "base64");
const engine = new Engine(await Kernel.load(bytes("mixedmig-module")), bytes("mixedmig-run"));
const numbers = (values) => values.map((value) => (Number.isFinite(value) ? value : null));
let first = null;
const answers = JSON.parse(readFileSync(`${folder}/settings.json`, "utf8")).map((state, k) => {
  const begun = process.cpuUsage();
  const found = engine.solve(state, `setting ${k}`);
  const took = process.cpuUsage(begun);
  const ms = (took.user + took.system) / 1000;
  if (found.fault) return { fault: found.fault, ms };
  first ??= found;
  writeFileSync(`${folder}/${k}.stocks`, found.answer.kept.stock_out);
  writeFileSync(`${folder}/${k}.flows`, found.answer.kept.sum_out);
  const lines = Object.fromEntries(data.hello.views.map((view) => [view.key, [...found.lines(view.key)]]));
  return { words: found.words, numbers: numbers($.main.numbers(engine.page, found.counted)), lines, ms };
});
// The module's memory has the newest setting by now: an older one is solved again for its lines.
const again = first && data.hello.views.map((view) => [...first.lines(view.key)]);
process.stdout.write(JSON.stringify({ answers, again, rows: data.hello.rows.map((row) => row.key) }));
