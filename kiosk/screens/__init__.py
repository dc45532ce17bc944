"""PIXELS: the only room with Qt. A screen is one .qml file painting one View."""
