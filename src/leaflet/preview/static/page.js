// Small tools of the preview's scripts: elements, requests, and pictures at the screen's resolution.

export const page = JSON.parse(document.body.dataset.page);
export const byId = (id) => document.getElementById(id);

export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "style") for (const [rule, worth] of Object.entries(value)) made.style.setProperty(rule, worth);
    else if (key === "dataset") Object.assign(made.dataset, value);
    else if (key.startsWith("aria-") || key === "role" || key === "for" || key === "list") made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function drawn(name, properties = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(properties)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export async function ask(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(await reason(answer));
  return answer.json();
}

export async function send(address, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok && answer.status !== 409) throw new Error(await reason(answer));
  return { status: answer.status, ...(await answer.json()) };
}

export async function reason(answer) {
  try {
    const { problems } = await answer.json();
    return problems.map((problem) => [problem.message, problem.hint].filter(Boolean).join(": ")).join("\n");
  } catch {
    return `the preview answers ${answer.status}`;
  }
}

export const announce = (words) => { byId("live").textContent = words; };

const PIXELS_PER_MM = 96 / 25.4;
export const realSize = PIXELS_PER_MM;

// The address of a page's picture for a size on the screen, in steps so that few are drawn.
export function pictureAddress(key, pixelsPerMm) {
  const pixelsPerPoint = (pixelsPerMm * 25.4 / 72) * (window.devicePixelRatio || 1);
  const scale = Math.min(6, Math.max(0.5, Math.ceil(pixelsPerPoint * 4) / 4));
  return `picture/${key}?scale=${scale}`;
}

// Show a picture once it is whole, so that the old one stays until then.
export async function showPicture(image, address) {
  if (image.dataset.address === address) return false;
  image.dataset.address = address;
  const next = new Image();
  next.src = address;
  try {
    await next.decode();
  } catch {
    if (image.dataset.address === address) delete image.dataset.address;
    return false;
  }
  if (image.dataset.address !== address) return false;
  image.src = address;
  await image.decode().catch(() => {});
  return true;
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
