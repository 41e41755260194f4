// Begins the page that the token opens.
const root = document.getElementById("root");
const pageOf = { team: makeTeamPage, facilitator: makeFacilitatorPage, projector: makeProjectorPage };
const lostNote = make("p", { class: "ex-lost", role: "alert" });
document.body.append(lostNote);
let showPage = () => {};
const talk = makeTalk((page) => {
  write(lostNote, "");
  showPage(page);
}, () => write(lostNote, SAYING.lost));
showPage = pageOf[document.documentElement.dataset.audience](root, talk);
