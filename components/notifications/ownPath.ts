/** A path of this server, as a notification's link is; the start page for anything that leads elsewhere. */
export function ownPath(link: string): string {
  return link.startsWith('/') && !/^\/[/\\]/.test(link) ? link : '/';
}
