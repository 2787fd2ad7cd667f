import { Navigate, useParams } from '@tanstack/react-router';

/** Who may not write a letter reads it where it is read. */
export function ReadInstead() {
  const { id } = useParams({ from: '/inside/campaigns/$id/write' });
  return <Navigate to="/campaigns/$id" params={{ id }} search={{}} replace />;
}
