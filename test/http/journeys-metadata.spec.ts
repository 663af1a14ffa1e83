import { describeJourneys } from "./support/journeys"
import { JOURNEY_ADAPTERS } from "./support/journeys-adapters"

describeJourneys(JOURNEY_ADAPTERS.metadata)
