"use strict";
const { nodes, edges } = JSON.parse(document.getElementById("data").textContent);
const svg = document.querySelector("svg");
const panel = document.querySelector("aside");
const shapes = [...svg.querySelectorAll(".node")];
const lines = [...svg.querySelectorAll(".edge")];
const whole = svg.getAttribute("viewBox").split(" ").map(Number);
let view = [...whole];
let chosen = null;

function show() { svg.setAttribute("viewBox", view.join(" ")); }

function point(event) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return [at.x, at.y];
}

function zoom(factor, [x, y]) {
  const width = Math.min(Math.max(view[2] * factor, whole[2] / 40), whole[2] * 4);
  const scale = width / view[2];
  view = [x - (x - view[0]) * scale, y - (y - view[1]) * scale, width, view[3] * scale];
  show();
}

function light(number) {
  const near = new Set([number]);
  for (const line of lines) {
    const ends = [Number(line.dataset.a), Number(line.dataset.b)];
    const mine = number === null || ends.includes(number);
    if (mine) ends.forEach(end => near.add(end));
    line.classList.toggle("faint", !mine);
  }
  shapes.forEach((shape, at) => shape.classList.toggle("faint", number !== null && !near.has(at)));
}

function add(parent, tag, text) {
  const element = parent.appendChild(document.createElement(tag));
  if (text) element.textContent = text;
  return element;
}

function choose(number) {
  chosen = number;
  shapes.forEach((shape, at) => shape.classList.toggle("chosen", at === number));
  light(number);
  panel.replaceChildren();
  if (number === null) return;
  add(panel, "h2", nodes[number].label);
  const list = add(panel, "dl");
  for (const [key, value] of Object.entries(nodes[number])) {
    if (value && key !== "label") { add(list, "dt", key); add(list, "dd", value); }
  }
  for (const [source, target, label, status] of edges) {
    if (source !== number && target !== number) continue;
    add(list, "dt", label + (status ? ", " + status : "") + (source === number ? " →" : " ←"));
    add(list, "dd", nodes[source === number ? target : source].label);
  }
}

shapes.forEach((shape, number) => {
  shape.addEventListener("pointerenter", () => { if (chosen === null) light(number); });
  shape.addEventListener("pointerleave", () => { if (chosen === null) light(null); });
  shape.addEventListener("click", () => choose(chosen === number ? null : number));
  shape.addEventListener("keydown", event => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(number); }
  });
});

let drag = null;
svg.addEventListener("pointerdown", event => { drag = { at: point(event), moved: false }; });
svg.addEventListener("pointermove", event => {
  if (!drag || !event.buttons) return;
  const [x, y] = point(event);
  if (Math.hypot(x - drag.at[0], y - drag.at[1]) > view[2] / 200) drag.moved = true;
  if (!drag.moved) return;
  view[0] += drag.at[0] - x;
  view[1] += drag.at[1] - y;
  show();
});
svg.addEventListener("pointerup", event => {
  if (drag && !drag.moved && !event.target.closest(".node")) choose(null);
  drag = null;
});
svg.addEventListener("wheel", event => {
  event.preventDefault();
  zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, point(event));
}, { passive: false });
document.addEventListener("keydown", event => { if (event.key === "Escape") choose(null); });

const middle = () => [view[0] + view[2] / 2, view[1] + view[3] / 2];
document.getElementById("in").addEventListener("click", () => zoom(1 / 1.3, middle()));
document.getElementById("out").addEventListener("click", () => zoom(1.3, middle()));
document.getElementById("fit").addEventListener("click", () => { view = [...whole]; show(); });
document.getElementById("search").addEventListener("input", event => {
  const wanted = event.target.value.trim().toLowerCase();
  choose(null);
  shapes.forEach((shape, number) => {
    const hit = wanted !== "" && Object.values(nodes[number]).some(value => value.toLowerCase().includes(wanted));
    shape.classList.toggle("found", hit);
    shape.classList.toggle("faint", wanted !== "" && !hit);
  });
});
