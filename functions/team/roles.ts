import { ALL_SCOPES, type Scope } from './api-key.ts';
import type { Role } from './member.ts';

/** To find one's way: which topics there are, who the house is, what it has written and how that went. */
const LOOKING: readonly Scope[] = [
  'campaigns:read',
  'reports:read',
  'segments:read',
  'settings:read',
  'topics:read',
];

/**
 * What each role may do. What stands in no line is refused: a new scope is the owner's alone until
 * somebody writes it here.
 */
const SCOPES: Readonly<Record<Role, readonly Scope[]>> = {
  owner: ALL_SCOPES,
  editor: [...LOOKING, 'campaigns:test', 'campaigns:write', 'people:read', 'segments:write'],
  sender: [...LOOKING, 'campaigns:send', 'campaigns:test', 'people:read'],
  support: [...LOOKING, 'people:read', 'people:write'],
  analyst: LOOKING,
};

export function scopesOf(role: Role): readonly Scope[] {
  return SCOPES[role];
}
