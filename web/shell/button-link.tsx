import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type AnchorProps = ButtonProps &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps> & {
    readonly ref?: Ref<HTMLAnchorElement>;
  };
const Anchor = (props: AnchorProps) => <Button component="a" {...props} />;

/** A way to another screen that looks like what one does next. */
export const ButtonLink = createLink(Anchor);
