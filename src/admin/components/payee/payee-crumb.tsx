import { usePayee } from "../../hooks/payee"

/** The id until the vendor is there, so that the line above the page does not jump. */
export function PayeeCrumb({ id }: { id: string }) {
  const { data: payee } = usePayee(id)
  return <>{payee ? (payee.name ?? payee.vendor_id) : id}</>
}
