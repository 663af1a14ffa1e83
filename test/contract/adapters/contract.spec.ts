import { describeAdapterContract } from "./contract"
import { mercurHost } from "./hosts/mercur"
import { metadataHost } from "./hosts/metadata"
import { productVendorHost } from "./hosts/product-vendor"
import { recipeHost } from "./hosts/recipe"
import { storeHost } from "./hosts/store"

describeAdapterContract("metadata", metadataHost)
describeAdapterContract("medusa-recipe", recipeHost)
describeAdapterContract("product-vendor", productVendorHost("vendor"))
describeAdapterContract(
  "product-vendor of sellers",
  productVendorHost("seller")
)
describeAdapterContract("store", storeHost)
describeAdapterContract("mercur2 in 2.1", mercurHost("2.1"))
describeAdapterContract("mercur2 in 2.2", mercurHost("2.2"))
describeAdapterContract("mercur2 in 2.3", mercurHost("2.3"))
