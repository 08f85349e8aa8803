// The module that reaches the keychain: see keychainmodule.h.
#include "profile/keychain.h"

#define ANDON_EXPORTED extern "C" [[gnu::visibility("default")]]

ANDON_EXPORTED void andonReadKeychain(andon::core::Result<std::optional<std::string>> &read, const std::string &key)
{
    read = andon::profile::readKeychain(key);
}

ANDON_EXPORTED void andonWriteKeychain(andon::core::Result<void> &written, const std::string &key,
                                       const std::string &value)
{
    written = andon::profile::writeKeychain(key, value);
}

ANDON_EXPORTED void andonRemoveKeychain(const std::string &key)
{
    andon::profile::removeKeychain(key);
}
