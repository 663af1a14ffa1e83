import type {
  CreateOrderDTO,
  OrderAddressDTO,
  OrderDTO,
  OrderLineItemDTO,
} from "@medusajs/framework/types"

/** A line of the paid order, with who sells it. */
export type SoldItem = OrderLineItemDTO & {
  variant?: { product?: { vendor?: { id: string } | null } | null } | null
}

/** The order that the customer pays. */
export type PaidOrder = Omit<OrderDTO, "items"> & { items: SoldItem[] }

/**
 * What a vendor's own order repeats of the paid one: her lines, the customer,
 * the addresses, and every shipping method at its full price. So the orders of
 * several vendors add up to more than was paid; who settles must know that.
 */
export function vendorOrderInput({
  order,
  items,
}: {
  order: PaidOrder
  items: SoldItem[]
}): CreateOrderDTO {
  return {
    email: order.email,
    currency_code: order.currency_code,
    region_id: order.region_id,
    customer_id: order.customer_id,
    sales_channel_id: order.sales_channel_id,
    shipping_address: addressInput(order.shipping_address),
    billing_address: addressInput(order.billing_address),
    metadata: { parent_order_id: order.id },
    items: items.map((item) => ({
      title: item.title,
      subtitle: item.subtitle ?? undefined,
      thumbnail: item.thumbnail ?? undefined,
      quantity: item.quantity,
      unit_price: item.unit_price,
      is_tax_inclusive: item.is_tax_inclusive,
      requires_shipping: item.requires_shipping,
      product_id: item.product_id ?? undefined,
      variant_id: item.variant_id ?? undefined,
      adjustments: item.adjustments,
    })),
    shipping_methods: (order.shipping_methods ?? []).map((method) => ({
      name: method.name,
      amount: method.amount,
      is_tax_inclusive: method.is_tax_inclusive,
      shipping_option_id: method.shipping_option_id,
      data: method.data,
    })),
  }
}

function addressInput(address: OrderAddressDTO | undefined) {
  if (!address) return undefined
  const { first_name, last_name, phone } = address
  const { address_1, city, postal_code, province, country_code } = address
  return {
    ...{ first_name, last_name, phone },
    ...{ address_1, city, postal_code, province, country_code },
  }
}
