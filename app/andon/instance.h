#pragma once
// One desktop per profile: a second start hands its link to the window that is there, and ends.
#include "profile/profile.h"

#include <QString>

namespace andon::desktop
{

/// Asks the process that holds the profile to show `link` ("": just itself) and to come to the front. False when it is
/// no desktop, or does not answer. Blocks: before there is a window only.
[[nodiscard]] bool shownByAnother(const profile::Paths &paths, const QString &link);

} // namespace andon::desktop
