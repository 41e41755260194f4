// How the code of one file is put together: the engine in a room of its own, then the panel over it. The engine also runs
// next to the page, as a worker that is made of the text before the panel.
const explorer = (() => {
/*engine*/
return { begin, serve };
})();
if (typeof document === "undefined") explorer.serve();
// --- panel ---
/*panel*/
const root = document.getElementById("root");
mount(root, await explorer.begin(root));
