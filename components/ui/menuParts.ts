'use client';

import { createContext, type ReactNode } from 'react';

export type MenuItemProps = {
  onSelect: () => void;
  /** Keys that do the same, as the analyst would press them: "v t". */
  keys?: string;
  disabled?: boolean;
  children: ReactNode;
};
export type MenuLinkProps = { href: string; download?: boolean | string; children: ReactNode };
export type MenuChoicesProps = {
  value: string;
  onChange: (value: string) => void;
  choices: readonly { value: string; label: ReactNode; count?: number | undefined }[];
};

/** How each part of a menu is drawn. */
export type MenuParts = {
  Item: (props: MenuItemProps) => ReactNode;
  Link: (props: MenuLinkProps) => ReactNode;
  Choices: (props: MenuChoicesProps) => ReactNode;
  Label: (props: { children: ReactNode }) => ReactNode;
  Rule: () => ReactNode;
};

/** Given by the open menu, whose code is not part of the page; null outside of one. */
export const MenuPartsContext = createContext<MenuParts | null>(null);
