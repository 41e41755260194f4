// How the code of one file is put together: the engine in a room of its own, then the panel over it.
const explorer = (() => {
/*engine*/
return { begin, pageTransport };
})();
/*panel*/
const root = document.getElementById("root");
const [engine, hello] = await explorer.begin(root);
mount(root, explorer.pageTransport(engine, hello));
