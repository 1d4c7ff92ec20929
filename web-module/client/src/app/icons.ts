const PATHS = {
  microphone: "M12 15a3.5 3.5 0 0 0 3.5-3.5v-5a3.5 3.5 0 0 0-7 0v5A3.5 3.5 0 0 0 12 15Zm-6.5-4a6.5 6.5 0 0 0 13 0M12 17.5V21",
  microphoneOff: "M15.5 9.5v-3a3.5 3.5 0 0 0-6.7-1.4M8.5 8.5v3a3.5 3.5 0 0 0 5.4 2.9M5.5 11a6.5 6.5 0 0 0 10.6 5M18.5 11a6.4 6.4 0 0 1-.7 2.9M12 17.5V21M3.5 3.5l17 17",
  camera: "M4.5 6.5h9a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2Zm11 4.2 6-3.2v9l-6-3.2",
  cameraOff: "M10 6.5h3.5a2 2 0 0 1 2 2V12m0 3.5a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2H6m9.5 4.2 6-3.2v9l-4-2.1M3.5 3.5l17 17",
  screen: "M4 4.5h16a1.5 1.5 0 0 1 1.5 1.5v9.5A1.5 1.5 0 0 1 20 17H4a1.5 1.5 0 0 1-1.5-1.5V6A1.5 1.5 0 0 1 4 4.5ZM8 20.5h8M12 13.5v-6m-2.6 2.4L12 7.3l2.6 2.6",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  check: "m5 12.5 4.5 4.5L19 7.5",
  voice: "M5 10v4M9.5 7v10M14 9.5v5M18.5 5.5v13",
  leave: "M3 13.5c0-2 4-4 9-4s9 2 9 4c0 1.4-.4 2.5-1.3 2.4l-3.2-.5c-.7-.1-1-.7-1-1.4v-1.5c-2.3-.6-4.7-.6-7 0V14c0 .7-.3 1.3-1 1.4l-3.2.5C3.4 16 3 14.9 3 13.5Z",
  settings: "M4 7h9m4 0h3M4 17h3m4 0h9M15 4.5v5M9 14.5v5",
  alert: "M12 8.5v4.5m0 3.2v.3M10.3 4.3 2.8 17.4A2 2 0 0 0 4.5 20.4h15a2 2 0 0 0 1.7-3L13.7 4.3a2 2 0 0 0-3.4 0Z",
} as const;

export type IconName = keyof typeof PATHS;

const SVG = "http://www.w3.org/2000/svg";

/** A line icon in the colour of the text. What it means is said beside it, or by the label of its button. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
