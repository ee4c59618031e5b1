import { say } from "../../src/lib/toasts";
import { flatten } from "./flatten";

const SHARPNESS = 2;

/** Hands over the picture as it stands on the page, with its title, legend, date and count. */
export function startDownloads(figure: HTMLElement): void {
  for (const button of figure.querySelectorAll<HTMLButtonElement>("[data-download]")) {
    button.addEventListener("click", () => {
      void download(figure, button.dataset["download"] === "png").catch(() =>
        say(document.body.dataset["wordsProblem"] ?? ""),
      );
      button.closest("details")?.removeAttribute("open");
    });
  }
}

async function download(figure: HTMLElement, isPng: boolean): Promise<void> {
  const { svg, width, height } = await flatten(figure);
  const drawing = new Blob([svg], { type: "image/svg+xml" });
  const file = isPng ? await rendered(drawing, width, height) : drawing;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${fileName(figure.querySelector("[data-title]")?.textContent ?? figure.id)}.${isPng ? "png" : "svg"}`;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function fileName(title: string): string {
  const plain = title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return plain.slice(0, 80) || "picture";
}

async function rendered(drawing: Blob, width: number, height: number): Promise<Blob> {
  const image = new Image();
  const address = URL.createObjectURL(drawing);
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(width * SHARPNESS);
    canvas.height = Math.ceil(height * SHARPNESS);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("This browser draws no images.");
    context.scale(SHARPNESS, SHARPNESS);
    context.drawImage(image, 0, 0, width, height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The image is empty."))), "image/png");
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
