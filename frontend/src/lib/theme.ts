const YEAR = 60 * 60 * 24 * 365;

/** Light, dark or as the device says; kept in a cookie, so that the server draws the next page without a flash. */
export function startThemeSwitch(page: Document): void {
  for (const group of page.querySelectorAll<HTMLElement>("[data-theme-switch]")) {
    group.addEventListener("click", (event) => {
      const button = (event.target as Element).closest("button");
      if (!button) return;
      setTheme(page, button.value);
      for (const each of page.querySelectorAll<HTMLButtonElement>("[data-theme-switch] button")) {
        each.setAttribute("aria-pressed", String(each.value === button.value));
      }
    });
  }
}

export function setTheme(page: Document, theme: string): void {
  if (theme === "light" || theme === "dark") {
    page.documentElement.dataset["bsTheme"] = theme;
    page.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax`;
  } else {
    delete page.documentElement.dataset["bsTheme"];
    page.cookie = "theme=; path=/; max-age=0; samesite=lax";
  }
}
