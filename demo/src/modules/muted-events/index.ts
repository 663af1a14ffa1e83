import MutedEventsService from "./service"

export default { service: MutedEventsService }
