// The leaflet on the table: folded and unfolded in three dimensions, or leafed through.

import { calm, element, pictureAddress, showPicture } from "./page.js";

const GAP = 0.5; // millimetres between layers of paper, so that none shows through another

export class FoldView {
  constructor(host) {
    this.model = element("div", { className: "model" });
    this.scene = element("div", { className: "scene" }, this.model);
    this.slider = element("input", { type: "range", min: 0, step: 0.02, value: 0, id: "folded" });
    this.hint = element("p", { className: "quiet", role: "status" });
    const button = (words, does) => {
      const made = element("button", { type: "button" }, words);
      made.addEventListener("click", does);
      return made;
    };
    this.less = button("Unfold", () => this.go(Math.ceil(this.at - 1.001)));
    this.more = button("Fold", () => this.go(Math.floor(this.at + 1.001)));
    const controls = element("div", { className: "fold-controls" }, this.less,
      element("label", { for: "folded" }, "How far", this.slider), this.more,
      button("Turn over", () => this.turn(180)), button("From the front", () => this.look(0, 0)), button("At an angle", () => this.look(-24, 32)));
    host.replaceChildren(this.scene, controls, this.hint);
    this.hint.classList.add("fold-controls");
    this.slider.addEventListener("input", () => { this.stop(); this.at = +this.slider.value; this.place(); });
    this.at = null;
    this.spin = -18;
    this.tilt = 24;
    this.drag();
  }

  drag() {
    this.scene.addEventListener("pointerdown", (down) => {
      this.scene.setPointerCapture(down.pointerId);
      const from = [down.clientX, down.clientY, this.spin, this.tilt];
      const move = (event) => {
        this.spin = from[2] + (event.clientX - from[0]) / 3;
        this.tilt = Math.max(-85, Math.min(85, from[3] - (event.clientY - from[1]) / 3));
        this.place();
      };
      this.scene.addEventListener("pointermove", move);
      this.scene.addEventListener("pointerup", () => this.scene.removeEventListener("pointermove", move), { once: true });
    });
  }

  async show(state, look) {
    const layout = state.layout;
    const shape = JSON.stringify([layout.fold, layout.width, layout.height, layout.sides.length, state.pages.length, look.mm, layout.rightToLeft]);
    if (shape !== this.shape) {
      this.shape = shape;
      this.images = [];
      this.model.replaceChildren();
      this.hinges = [];
      this.fit(layout, state);
      if (layout.sides.length) this.build(state, layout);
      else this.bind(state, layout);
      this.slider.max = this.steps;
      this.at = Math.min(this.at ?? (layout.sides.length ? 0.75 : 0), this.steps);
      const isBook = !layout.sides.length;
      this.less.textContent = isBook ? "Turn back" : "Unfold";
      this.more.textContent = isBook ? "Turn the page" : "Fold";
    }
    const loads = this.images.map(({ image, page }) => state.pages[page] && showPicture(image, pictureAddress(state.pages[page].key, Math.max(this.mm, 2))));
    this.place();
    await Promise.all(loads);
  }

  fit(layout, state) {
    const box = this.scene.getBoundingClientRect();
    const first = state.pages[0];
    const width = layout.sides.length ? layout.width : first.width * 2, height = layout.sides.length ? layout.height : first.height;
    this.mm = Math.min((box.width * 0.86) / width, (box.height * 0.86) / height) * 1;
    this.size = [width, height];
  }

  face(page, turned, isBack) {
    const image = element("img", { alt: "", draggable: false });
    if (page !== undefined && page !== null) this.images.push({ image, page });
    return element("div", { className: `face${isBack ? " back" : ""}${turned ? " turned" : ""}` }, ...(page === undefined || page === null ? [] : [image]));
  }

  // One sheet that is folded: strips from left to right as the inside shows them, hinged on each other.
  build(state, layout) {
    const pageOf = new Map(state.pages.map((page, number) => [page.panel, number]));
    const sides = Object.fromEntries(layout.sides.map((side) => [side.name, side.panels]));
    const mirrored = (sides.outside ?? []).map((place) => ({ ...place, x: layout.width - place.x - place.width }));
    const all = sides.inside?.length ? sides.inside : mirrored;
    const lefts = [...new Set(all.map((place) => round(place.x)))].sort((one, other) => one - other);
    const levels = [...new Set(all.map((place) => round(place.y)))].sort((one, other) => one - other);
    const at = (places, x, y) => places?.find((place) => round(place.x) === x && round(place.y) === y);
    const steps = layout.rightToLeft ? state.steps.map((step) => mirroredStep(step, lefts.length)) : state.steps;
    const half = (x, y) => {
      const inside = at(sides.inside, x, y), outside = at(mirrored, x, y), place = inside ?? outside;
      const made = element("div", { className: "half", style: { width: this.px(place.width), height: this.px(place.height) } },
        this.face(inside && pageOf.get(inside.panel), inside?.turned, false), this.face(outside && pageOf.get(outside.panel), outside?.turned, true));
      return { made, place };
    };
    const strips = lefts.map((x) => this.strip(x, levels, half, steps));
    const base = Math.min(1, strips.length - 1);
    this.arms = { left: [], right: [] }; // hinges from the strip that lies still outwards
    strips.forEach(({ node, left, width }, number) => {
      if (number === base) { this.model.append(node); node.style.left = this.px(left); return; }
      const parent = number < base ? strips[number + 1] : strips[number - 1];
      const crease = number < base ? number + 1 : number;
      const step = steps.findIndex((one) => one.place === crease && one.part !== "top");
      node.style.left = number < base ? this.px(-width) : this.px(parent.width);
      node.style.transformOrigin = number < base ? "100% 50%" : "0% 50%";
      parent.node.append(node);
      const way = steps[step].way === "valley" ? 1 : -1;
      const hinge = { node, step, axis: "Y", sign: (number < base ? 1 : -1) * way, lift: way * levels.length, width };
      this.hinges.push(hinge);
      if (number < base) this.arms.left.unshift(hinge);
      else this.arms.right.push(hinge);
    });
    this.steps = steps.length;
    this.still = strips[base];
    this.height = layout.height;
    this.level = levels.length > 1 ? [layout.height / 2, layout.height * 0.75] : [layout.height / 2, layout.height / 2];
    this.cover = mirrored.find((place) => place.panel === 0);
  }

  strip(x, levels, half, steps) {
    const halves = levels.map((y) => half(x, y)); // the lowest first
    const { width } = halves[0].place;
    const total = halves.reduce((sum, one) => sum + one.place.height, 0);
    const node = element("div", { className: "strip", style: { width: this.px(width), height: this.px(total), top: "0" } });
    halves[0].made.style.top = this.px(total - halves[0].place.height);
    node.append(halves[0].made);
    if (halves[1]) {
      const upper = halves[1].made;
      upper.style.top = this.px(-halves[1].place.height);
      upper.style.transformOrigin = "50% 100%";
      halves[0].made.append(upper);
      this.hinges.push({ node: upper, step: steps.findIndex((step) => step.part === "top"), axis: "X", sign: -1, lift: 1 });
    }
    return { node, left: x, width };
  }

  // Pages that are leafed through: a booklet, or sheets that lie on each other.
  bind(state, layout) {
    const numbers = state.pages.map((_, number) => number);
    if (layout.fold === "booklet") while (numbers.length % 4) numbers.splice(numbers.length - 1, 0, null);
    else if (numbers.length % 2) numbers.push(null);
    const { width, height } = state.pages[0], leaves = numbers.length / 2, way = layout.rightToLeft ? -1 : 1;
    for (let leaf = 0; leaf < leaves; leaf++) {
      const node = element("div", { className: "leaf", style: { width: this.px(width), height: this.px(height), left: way > 0 ? "0" : this.px(-width) } },
        this.face(numbers[2 * leaf], false, false), this.face(numbers[2 * leaf + 1], false, true));
      node.style.transformOrigin = way > 0 ? "0% 50%" : "100% 50%";
      this.model.append(node);
      this.hinges.push({ node, step: leaf, axis: "Y", sign: -way, leaf, leaves });
    }
    this.steps = leaves;
    this.leafing = { width: width * way, leaves };
    this.still = null;
    this.height = height;
    this.level = [height / 2, height / 2];
  }

  place() {
    const { at, mm } = this;
    for (const hinge of this.hinges) {
      const done = eased(at - hinge.step);
      const lift = hinge.leaf === undefined
        ? hinge.lift * (hinge.step + 1) * GAP * mm * done
        : (-hinge.leaf * (1 - done) + hinge.leaf * done) * GAP * mm;
      hinge.node.style.transform = `translateZ(${lift.toFixed(2)}px) rotate${hinge.axis}(${(hinge.sign * 180 * done).toFixed(2)}deg)`;
    }
    let x;
    if (this.still) x = this.middle();
    else {
      const opened = Math.min(1, at), closed = Math.max(0, at - this.steps + 1);
      x = (this.leafing.width / 2) * (1 - opened) - (this.leafing.width / 2) * closed;
    }
    const y = mix(this.level[0], this.level[1], Math.min(1, at));
    this.model.style.transform = `rotateX(${this.tilt}deg) rotateY(${this.spin}deg) translate3d(${-x * mm}px, ${-y * mm}px, 0)`;
    this.slider.value = at;
    this.less.disabled = at <= 0;
    this.more.disabled = at >= this.steps;
    const words = this.words();
    if (this.hint.textContent !== words) this.hint.textContent = words;
  }

  // The middle of the sheet as far as it is folded now, in millimetres from its left edge.
  middle() {
    const { left, width } = this.still, ends = [left, left + width];
    for (const [arm, from, way] of [[this.arms.left, left, -1], [this.arms.right, left + width, 1]]) {
      let x = from, turned = 0;
      for (const hinge of arm) {
        turned += hinge.sign * Math.PI * eased(this.at - hinge.step);
        x += way * hinge.width * Math.cos(turned);
        ends.push(x);
      }
    }
    return (Math.min(...ends) + Math.max(...ends)) / 2;
  }

  words() {
    if (!this.still) return `Leaf ${Math.min(this.steps, Math.round(this.at) + 1)} of ${this.steps}`;
    if (this.at <= 0) return "Open: this is the inside. Drag to look at it from elsewhere.";
    return this.at >= this.steps ? "Folded, the cover on top." : `Fold ${Math.ceil(this.at)} of ${this.steps}`;
  }

  go(target) {
    this.stop();
    target = Math.max(0, Math.min(this.steps, target));
    if (calm()) { this.at = target; this.place(); return; }
    const from = this.at, start = performance.now(), length = 500 * Math.abs(target - from) + 200;
    const frame = (now) => {
      const share = Math.min(1, (now - start) / length);
      this.at = share === 1 ? target : from + (target - from) * share;
      this.place();
      if (share < 1) this.running = requestAnimationFrame(frame);
    };
    this.running = requestAnimationFrame(frame);
  }

  stop() { cancelAnimationFrame(this.running); }

  turn(by) { this.look(this.spin + by, this.tilt); }

  look(spin, tilt) {
    this.model.style.transition = calm() ? "" : "transform .5s";
    this.spin = spin;
    this.tilt = tilt;
    this.place();
    setTimeout(() => { this.model.style.transition = ""; }, 550);
  }

  px(millimetres) { return `${millimetres * this.mm}px`; }
}

const eased = (time) => { const done = Math.max(0, Math.min(1, time)); return done * done * (3 - 2 * done); };
const round = (number) => Math.round(number * 100) / 100;
const mix = (one, other, share) => one + (other - one) * share;
const mirroredStep = (step, strips) => step.part === "top" ? step : { ...step, place: strips - step.place, part: step.part === "left" ? "right" : "left" };
