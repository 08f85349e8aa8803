#include "app/andon/keychainmodule.h"

#include "app/andon/module.h"
#include "profile/keychain.h"

namespace andon::profile
{

core::Result<std::optional<std::string>> readKeychain(const std::string &key)
{
    const auto found = desktop::exported("keychain", desktop::kReadKeychain);
    if (!found)
        return core::fail(found.error());
    core::Result<std::optional<std::string>> read;
    reinterpret_cast<desktop::ReadKeychain *> (*found)(read, key);
    return read;
}

core::Result<void> writeKeychain(const std::string &key, const std::string &value)
{
    const auto found = desktop::exported("keychain", desktop::kWriteKeychain);
    if (!found)
        return core::fail(found.error());
    core::Result<void> written;
    reinterpret_cast<desktop::WriteKeychain *> (*found)(written, key, value);
    return written;
}

void removeKeychain(const std::string &key)
{
    if (const auto found = desktop::exported("keychain", desktop::kRemoveKeychain))
        reinterpret_cast<desktop::RemoveKeychain *> (*found)(key);
}

} // namespace andon::profile
