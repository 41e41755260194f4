// Where the panel begins: as the widget of a notebook, or in the page of the app, which says where its socket is.

/** Show the panel in the output of a notebook. */
function render({ model, el }) {
  el.classList.add("mm-widget");
  return mount(el, widgetTransport(model));
}

/** Show the panel in the page of the app. */
function startPage(main) {
  const address = new URL(main.dataset.mixedmigSocket, location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  document.body.classList.add("mm-page");
  mount(main, socketTransport(address.href));
}

const main = document.querySelector("[data-mixedmig-socket]");
if (main) startPage(main);

export { mount, socketTransport as openSocket };
export default { render };
