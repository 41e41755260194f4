// Solve parcels in Node for tests/solve/test_browser.py: node solve_parcels.mjs LOADER FOLDER, tasks in FOLDER/tasks.json.
import { readFileSync, writeFileSync } from "node:fs";

const [loader, folder] = process.argv.slice(2);
const { Kernel } = await import(loader);
const read = (name) => readFileSync(`${folder}/${name}`);
const bytes = read("kernel.wasm");
const imports = WebAssembly.Module.imports(await WebAssembly.compile(bytes));
const kernel = await Kernel.load(bytes);

/** Give a run every input of another, but for those that a page cannot change. */
function likeAnother(run, other) {
  for (const [name] of run.header.columns.levels) {
    if (run.header.columns.fixed.includes(name)) continue;
    const [first, last] = run.columnsOf(name);
    for (let label = 0; label < last - first; label += 1) {
      run.change(name, (_, day) => other.level(name, day)[label], 0, label);
    }
  }
  run.ready();
}

function keep(name, run, answer) {
  for (const [part, values] of Object.entries(answer.kept)) writeFileSync(`${folder}/${name}.${part}`, values);
  const measured = Object.entries(answer.measured).map(([key, value]) => [key, Number.isNaN(value) ? null : value]);
  return { measured: Object.fromEntries(measured) };
}

const made = {};
for (const { name, parcel, like, again, fault } of JSON.parse(read("tasks.json"))) {
  try {
    const run = kernel.open(parcel ? read(parcel) : bytes);
    if (fault) new Function("run", `return ${fault}`)(run);
    if (again) run.solve();
    if (like) likeAnother(run, kernel.open(read(like)));
    made[name] = keep(name, run, run.solve());
    const first = run.header.stocks[0].name;
    made[name].stock = run.solve().stock(first).sizes;
    made[name].byGroup = run.solve().byGroup("detention/entered").sizes;
  } catch (error) {
    made[name] = { fault: `${error.name}: ${error.message}` };
  }
}
process.stdout.write(JSON.stringify({ imports, made }));
