/** The page's own token, so that requests without a form around them may write too. */
export function csrfToken(root: ParentNode): string {
  return root.querySelector<HTMLInputElement>('input[name="csrfmiddlewaretoken"]')?.value ?? "";
}
