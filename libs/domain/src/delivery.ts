/** DELIVERY_STATES: what becomes of something that somebody outside is told. DEAD = given up. */
export const DELIVERY_STATES = ['PENDING', 'DELIVERED', 'DEAD'] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];
